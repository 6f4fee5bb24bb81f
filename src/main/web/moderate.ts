// The page on which a moderator puts questions in order.
import { board } from "./live/board";
import { captionBox } from "./live/caption-box";

document.querySelectorAll<HTMLElement>("[data-board]").forEach(board);
document.querySelectorAll<HTMLFormElement>("[data-caption-box]").forEach(captionBox);
