from neurospatial.html import HTMLPage as HTMLPage
