"""What every picture is made of: markup that is escaped, how wide text is, the fonts that come with the package."""
