"""What a story says about electric drivetrains: pure functions over its text."""
