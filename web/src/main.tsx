import "./mantine.css";
import "@mantine/notifications/styles.css";
import "@fontsource-variable/inter/wght.css";
import "./main.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";

const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
