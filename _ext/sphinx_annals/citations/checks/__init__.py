"""What is wrong, or looks wrong, with a bibliography."""
