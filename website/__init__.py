"""What `make site` builds: the course in a browser tab, its pages, and the API's reference."""
