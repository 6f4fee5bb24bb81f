import htmx from "htmx.org"
import { EditorView } from "prosemirror-view"
console.log(htmx, EditorView)
