"""What `manage.py demo` invents, so that every screen has something to show.

Geography, partenaires and assemblées are real and come from `fixtures/`. Everything here is made
up and says so: each title or object ends with the mark below.
"""

MARQUE = "(exemple inventé)"
