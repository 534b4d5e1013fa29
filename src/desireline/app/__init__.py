"""What puts the packages together: workspaces, the command line, the report, the demo company."""
