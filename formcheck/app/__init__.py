"""The product: sources, pose, engine and outputs put together."""
