"""Pages about the site itself: /me, /about/rendering, the API explorer, health."""
