"""autotui: a terminal news reader for people who follow the electric drivetrain."""

__version__ = "0.1.0"
