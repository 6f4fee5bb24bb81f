package press.masthead.pictures;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.geometry.Coordinate;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.Orientation;
import org.jspecify.annotations.Nullable;

/**
 * A picture as pixels and nothing else: position, camera, owner and comments of the file it came from are gone, and it
 * stands upright.
 *
 * @param contentType {@code image/jpeg} or {@code image/png}: how it is written again
 */
record Pixels(BufferedImage image, String contentType) {
    /** What is kept: enough for a page's full width on a dense screen. */
    static final int LONGEST_SIDE = 4000;

    /** Decoded pictures fill a good part of the memory: a newcomer takes all of it, one that is only made smaller half. */
    static final Semaphore MEMORY = new Semaphore(2, true);

    /** Whether this machine's system is one of those that the encoder is made for. */
    private static final boolean WEBP = writesWebp();

    /** @param orientation as the camera noted it; null for upright */
    static Pixels of(BufferedImage image, @Nullable Orientation orientation, boolean png) {
        // Made smaller first: each step after it then costs less memory.
        BufferedImage small = scaled(image, LONGEST_SIDE, LONGEST_SIDE);
        BufferedImage upright = orientation == null
                ? small
                : ExifFilterUtils.getFilterForOrientation(orientation).apply(small);
        return new Pixels(plain(upright, png && upright.getColorModel().hasAlpha()), png ? "image/png" : "image/jpeg");
    }

    /** What we have written ourselves. */
    static Pixels kept(byte[] bytes, String contentType) {
        try {
            return new Pixels(ImageIO.read(new ByteArrayInputStream(bytes)), contentType);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same picture, no larger than this; never enlarged. */
    Pixels within(int width, int height) {
        return new Pixels(scaled(image, width, height), contentType);
    }

    private static BufferedImage scaled(BufferedImage image, int width, int height) {
        if (image.getWidth() <= width && image.getHeight() <= height) return image;
        double share = Math.min((double) width / image.getWidth(), (double) height / image.getHeight());
        try {
            return Thumbnails.of(image)
                    .forceSize((int) Math.max(1, Math.round(image.getWidth() * share)), (int)
                            Math.max(1, Math.round(image.getHeight() * share)))
                    .asBufferedImage();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As much of it as has this shape, with what must stay in sight as near to the middle as it can be. */
    Pixels cut(int width, int height, float focalX, float focalY) {
        double share = Math.min((double) image.getWidth() / width, (double) image.getHeight() / height);
        int across = (int) Math.max(1, Math.min(image.getWidth(), Math.round(width * share)));
        int down = (int) Math.max(1, Math.min(image.getHeight(), Math.round(height * share)));
        int left = Math.clamp(Math.round(image.getWidth() * focalX - across / 2f), 0, image.getWidth() - across);
        int top = Math.clamp(Math.round(image.getHeight() * focalY - down / 2f), 0, image.getHeight() - down);
        try {
            return new Pixels(
                    Thumbnails.of(image)
                            .sourceRegion(new Coordinate(left, top), across, down)
                            .scale(1)
                            .asBufferedImage(),
                    contentType);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the web's own colours (sRGB), on memory that holds nothing else. */
    private static BufferedImage plain(BufferedImage image, boolean alpha) {
        return drawn(image, alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    }

    private static BufferedImage drawn(BufferedImage image, int type) {
        var drawn = new BufferedImage(image.getWidth(), image.getHeight(), type);
        Graphics2D graphics = drawn.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return drawn;
    }

    /** @param quality of a JPEG, 0 to 1 */
    byte[] encoded(double quality) {
        return contentType.equals("image/png")
                ? written(image, "image/png", param -> {})
                : written(inBytes(image), "image/jpeg", param -> {
                    param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                    param.setCompressionQuality((float) quality);
                });
    }

    /** As the JPEG encoder takes it line by line; of any other form it turns each pixel by itself, which takes as long as the encoding. */
    private static BufferedImage inBytes(BufferedImage image) {
        return image.getType() == BufferedImage.TYPE_3BYTE_BGR ? image : drawn(image, BufferedImage.TYPE_3BYTE_BGR);
    }

    /** As WebP: about half of a JPEG, and of a drawing every pixel as it was. Empty where it can't be made. */
    Optional<byte[]> webp() {
        return WEBP ? Optional.of(asWebp(image, contentType.equals("image/png"))) : Optional.empty();
    }

    private static byte[] asWebp(BufferedImage image, boolean lossless) {
        return written(image, "image/webp", param -> {
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionType(lossless ? "Lossless" : "Lossy");
            param.setCompressionQuality(lossless ? 0.5f : 0.8f);
        });
    }

    private static byte[] written(BufferedImage image, String contentType, Consumer<ImageWriteParam> how) {
        ImageWriter writer = ImageIO.getImageWritersByMIMEType(contentType).next();
        var bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            how.accept(param);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static boolean writesWebp() {
        try {
            return asWebp(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB), false).length > 0;
        } catch (LinkageError | RuntimeException e) {
            return false;
        }
    }
}
