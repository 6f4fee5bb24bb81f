package press.masthead.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** The ways in which large models are spoken to, each as its maker has published it. */
public enum Protocol {
    /** Chat completions, as OpenAI has them and many others after it. */
    OPENAI,
    /** Messages, as Anthropic has them (version 2023-06-01). */
    ANTHROPIC,
    /** Chat, as Ollama has it. */
    OLLAMA;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    String path() {
        return switch (this) {
            case OPENAI -> "/chat/completions";
            case ANTHROPIC -> "/v1/messages";
            case OLLAMA -> "/api/chat";
        };
    }

    Map<String, String> headers(Optional<String> key) {
        return switch (this) {
            case OPENAI, OLLAMA ->
                key.map(secret -> Map.of("Authorization", "Bearer " + secret)).orElse(Map.of());
            case ANTHROPIC ->
                key.map(secret -> Map.of("anthropic-version", "2023-06-01", "x-api-key", secret))
                        .orElse(Map.of("anthropic-version", "2023-06-01"));
        };
    }

    JsonNode body(String model, String rules, String text, int mostTokens) {
        ObjectNode body = NODES.objectNode().put("model", model);
        var messages = body.putArray("messages");
        if (this != ANTHROPIC) messages.addObject().put("role", "system").put("content", rules);
        messages.addObject().put("role", "user").put("content", text);
        return switch (this) {
            case OPENAI -> body.put("max_tokens", mostTokens).put("temperature", 0);
            case ANTHROPIC ->
                body.put("max_tokens", mostTokens).put("temperature", 0).put("system", rules);
            case OLLAMA -> {
                body.putObject("options").put("temperature", 0).put("num_predict", mostTokens);
                yield body.put("stream", false);
            }
        };
    }

    /** What it said; empty where the answer holds nothing of the kind. */
    String text(JsonNode answer) {
        return switch (this) {
            case OPENAI -> answer.at("/choices/0/message/content").asText("");
            case OLLAMA -> answer.at("/message/content").asText("");
            case ANTHROPIC -> {
                var text = new StringBuilder();
                for (JsonNode part : answer.path("content"))
                    if (part.path("type").asText().equals("text"))
                        text.append(part.path("text").asText(""));
                yield text.toString();
            }
        };
    }

    long tokensIn(JsonNode answer) {
        return switch (this) {
            case OPENAI -> answer.at("/usage/prompt_tokens").asLong();
            case ANTHROPIC -> answer.at("/usage/input_tokens").asLong();
            case OLLAMA -> answer.path("prompt_eval_count").asLong();
        };
    }

    long tokensOut(JsonNode answer) {
        return switch (this) {
            case OPENAI -> answer.at("/usage/completion_tokens").asLong();
            case ANTHROPIC -> answer.at("/usage/output_tokens").asLong();
            case OLLAMA -> answer.path("eval_count").asLong();
        };
    }
}
