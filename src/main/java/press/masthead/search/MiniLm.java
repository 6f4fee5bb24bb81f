package press.masthead.search;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.AbstractInProcessEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.OnnxBertBiEncoder;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * The model in the box: all-MiniLM-L6-v2, quantised, 384 dimensions, English. Runs in this process on one thread for each caller, so
 * that it never takes the machine from pages.
 */
public final class MiniLm implements Meaning {
    static final String NAME = "all-MiniLM-L6-v2-q";

    private static final String MODEL = "/all-minilm-l6-v2-q.onnx";
    private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

    private final Encoder encoder;

    private MiniLm(Encoder encoder) {
        this.encoder = encoder;
    }

    /**
     * Loads it: about a second, and 60 MB.
     *
     * @throws ModelUnusable when this machine can't run it or its file is damaged
     */
    public static MiniLm load() {
        try (InputStream model = resource(MODEL)) {
            return load(model.readAllBytes());
        } catch (IOException e) {
            throw new ModelUnusable(e);
        }
    }

    static MiniLm load(byte[] model) {
        try (InputStream tokenizer = resource(TOKENIZER)) {
            var environment = OrtEnvironment.getEnvironment();
            var options = new OrtSession.SessionOptions();
            options.setCPUArenaAllocator(false);
            options.setMemoryPatternOptimization(false);
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            var session = environment.createSession(model, options);
            return new MiniLm(new Encoder(new OnnxBertBiEncoder(environment, session, tokenizer, PoolingMode.MEAN)));
        } catch (OrtException | IOException | RuntimeException | LinkageError e) {
            throw new ModelUnusable(e);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(
                AbstractInProcessEmbeddingModel.class.getResourceAsStream(name), name + " is not in the program");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean understands(String languageTag) {
        return Analysis.key(languageTag).equals("en");
    }

    @Override
    public float[] of(String text) {
        return encoder.embed(TextSegment.from(text.isBlank() ? "." : text))
                .content()
                .vector();
    }

    /** The model can't be run; search goes on by words alone. */
    public static final class ModelUnusable extends RuntimeException {
        private static final long serialVersionUID = 1;

        ModelUnusable(Throwable cause) {
            super("The model for search by meaning can't be run: " + cause.getMessage(), cause);
        }
    }

    private static final class Encoder extends AbstractInProcessEmbeddingModel {
        private final OnnxBertBiEncoder encoder;

        Encoder(OnnxBertBiEncoder encoder) {
            super(Runnable::run);
            this.encoder = encoder;
        }

        @Override
        protected OnnxBertBiEncoder model() {
            return encoder;
        }
    }
}
