"""The driver of Larder's benchmarks; `bench.py` beside this folder is the command."""
