import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { applyTheme } from "./session.ts";
import "./tokens.css";
import "./styles/ground.css";
import "./styles/frame.css";
import "./styles/sheet.css";
import "./styles/narrow.css";

applyTheme();
createRoot(document.getElementById("board")!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
