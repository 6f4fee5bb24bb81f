// The page on which a moderator puts questions in order.
import { board } from "./live/board";

document.querySelectorAll<HTMLElement>("[data-board]").forEach(board);
