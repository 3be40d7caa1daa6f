import IndexCommand

await Larder.main()
