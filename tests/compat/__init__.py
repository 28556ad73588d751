"""The behaviour of CodeableModels, kept: each test names the section of its description that it holds."""
