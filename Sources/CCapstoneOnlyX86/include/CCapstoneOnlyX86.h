// Nothing to import: the target only takes part in linking.
