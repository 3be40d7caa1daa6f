"""What the end-to-end tests stand on: the binary, trees, lists, a pool, servers, clients."""
