from neurospatial.widget.backend import WidgetBackend as WidgetBackend
from neurospatial.widget.backend import backend as backend
from neurospatial.widget.fields_widget import FieldsWidget as FieldsWidget
from neurospatial.widget.options import WidgetOptions as WidgetOptions
