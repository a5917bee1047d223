from neurospatial.widget import FieldsWidget as FieldsWidget
