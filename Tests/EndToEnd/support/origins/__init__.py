"""Servers of distributions as people run them, started for real over one pool: each is a context
manager that takes the pool and a folder for its state, and gives its URL without a slash.
"""
