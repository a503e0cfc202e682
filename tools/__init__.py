"""Programs that maintain this repository. They are not part of the package that is installed."""
