import IndexCommand

Larder.main()
