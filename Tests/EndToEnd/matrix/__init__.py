"""What each installer can do with each index behind each server: Docs/Clients.md."""
