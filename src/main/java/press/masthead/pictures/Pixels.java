package press.masthead.pictures;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.ExifUtils;
import press.masthead.platform.web.Problem;

/**
 * A picture as pixels and nothing else: position, camera, owner and comments of the file it came from are gone, and it
 * stands upright.
 *
 * @param contentType {@code image/jpeg} or {@code image/png}: how it is written again
 */
record Pixels(BufferedImage image, String contentType) {
    static final int MOST_MEGAPIXELS = 50;
    /** What is kept: enough for a page's full width on a dense screen. */
    static final int LONGEST_SIDE = 4000;

    private static final int SECONDS = 20;
    /** Fifty megapixels are 150 MB in memory, so one picture is opened at a time. */
    private static final Semaphore ONE = new Semaphore(1, true);

    private static final ExecutorService DECODING = Executors.newVirtualThreadPerTaskExecutor();

    static {
        ImageIO.setUseCache(false);
    }

    /**
     * Opens what someone sent.
     *
     * @throws Problem 422 when it is no picture, 413 when it has too many pixels: the header tells, before any is decoded
     */
    static Pixels read(byte[] bytes) {
        ONE.acquireUninterruptibly();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            var readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) throw notAPicture();
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, false);
                return read(reader);
            } finally {
                reader.dispose();
            }
        } catch (IOException e) {
            throw notAPicture();
        } finally {
            ONE.release();
        }
    }

    private static Pixels read(ImageReader reader) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if (width < 1 || height < 1) throw notAPicture();
        if ((long) width * height > MOST_MEGAPIXELS * 1_000_000L)
            throw Problem.tooLarge("This picture has " + (long) width * height / 1_000_000 + " megapixels. The most is "
                    + MOST_MEGAPIXELS + "; please make it smaller and try again.");
        boolean jpeg = reader.getFormatName().equalsIgnoreCase("jpeg");
        // A JPEG may lie on its side and say so; asked of another format, the question itself fails.
        var orientation = jpeg ? ExifUtils.getExifOrientation(reader, 0) : null;
        BufferedImage raw = decode(reader, Math.max(1, Math.max(width, height) / (2 * LONGEST_SIDE)));
        BufferedImage upright = orientation == null
                ? raw
                : ExifFilterUtils.getFilterForOrientation(orientation).apply(raw);
        return new Pixels(
                        plain(upright, !jpeg && upright.getColorModel().hasAlpha()), jpeg ? "image/jpeg" : "image/png")
                .within(LONGEST_SIDE, LONGEST_SIDE);
    }

    /** Decodes on a thread of its own, so that a file made to take for ever does not. */
    private static BufferedImage decode(ImageReader reader, int everyNth) throws IOException {
        ImageReadParam param = reader.getDefaultReadParam();
        param.setSourceSubsampling(everyNth, everyNth, 0, 0);
        var decoding = DECODING.submit(() -> reader.read(0, param));
        try {
            return decoding.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            reader.abort();
            throw Problem.invalid(
                    "This picture took too long to open. Please save it again as JPEG and try once more.");
        } catch (ExecutionException | InterruptedException e) {
            throw notAPicture();
        }
    }

    /** In the web's own colours (sRGB), on memory that holds nothing else. */
    private static BufferedImage plain(BufferedImage image, boolean alpha) {
        var plain = new BufferedImage(
                image.getWidth(), image.getHeight(), alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = plain.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return plain;
    }

    /** The same picture, no larger than this; never enlarged. */
    Pixels within(int width, int height) {
        if (image.getWidth() <= width && image.getHeight() <= height) return this;
        try {
            return new Pixels(Thumbnails.of(image).size(width, height).asBufferedImage(), contentType);
        } catch (IOException e) {
            throw notAPicture();
        }
    }

    byte[] encoded(double quality) {
        var out = new ByteArrayOutputStream();
        try {
            if (contentType.equals("image/png")) ImageIO.write(image, "png", out);
            else
                Thumbnails.of(image)
                        .scale(1)
                        .outputFormat("jpg")
                        .outputQuality(quality)
                        .toOutputStream(out);
        } catch (IOException e) {
            throw notAPicture();
        }
        return out.toByteArray();
    }

    private static Problem notAPicture() {
        return Problem.invalid("This file is not a picture that we can open. Please send a JPEG, PNG or GIF.");
    }
}
