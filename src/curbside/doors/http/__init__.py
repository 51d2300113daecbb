"""What the web door and the API door both need of HTTP; not a door itself."""
