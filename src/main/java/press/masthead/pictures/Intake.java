package press.masthead.pictures;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import net.coobird.thumbnailator.util.exif.Orientation;
import press.masthead.platform.web.Problem;

/**
 * Opens a file that someone sent: JPEG, PNG, GIF or WebP, still, whole and of a size that fits. Everything else is told
 * apart by its first bytes, so that the person hears what it is and what to do.
 */
final class Intake {
    static final int MOST_MEGAPIXELS = 50;

    /** What a decoded picture may take; a camera's fifty megapixels do, at three bytes each. */
    private static final long MOST_DECODED_BYTES = 3L * MOST_MEGAPIXELS * 1_000_000;

    private static final int LONGEST_SIDE = 30_000;
    private static final int SECONDS = 20;

    private static final ExecutorService DECODING = Executors.newVirtualThreadPerTaskExecutor();

    static {
        ImageIO.setUseCache(false);
    }

    private Intake() {}

    /** @throws Problem 422, with what is the matter, when it can't be taken: the header tells before anything is decoded */
    static Pixels open(byte[] bytes) {
        refuseByName(bytes);
        Pixels.MEMORY.acquireUninterruptibly(2);
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            var readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) throw notAPicture();
            ImageReader reader = readers.next();
            try {
                return read(reader, in, bytes);
            } finally {
                reader.dispose();
            }
        } catch (IOException | IllegalArgumentException e) {
            throw broken();
        } finally {
            Pixels.MEMORY.release(2);
        }
    }

    /** In pixels. */
    record Size(int width, int height) {
        static Size of(BufferedImage image) {
            return new Size(image.getWidth(), image.getHeight());
        }
    }

    /**
     * What a JPEG's header says.
     *
     * @throws Problem 422 where it is none
     */
    static Size sizeOf(byte[] jpeg) {
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(jpeg))) {
            reader.setInput(in, true, true);
            return new Size(reader.getWidth(0), reader.getHeight(0));
        } catch (IOException e) {
            throw broken();
        } finally {
            reader.dispose();
        }
    }

    private static Pixels read(ImageReader reader, ImageInputStream in, byte[] bytes) throws IOException {
        boolean jpeg = reader.getFormatName().equalsIgnoreCase("jpeg");
        // What is noted beside the pixels is not read here: some of it can be made to unfold for ever.
        reader.setInput(in, false, true);
        refuseBySize(reader);
        if (moves(reader, bytes))
            throw Problem.invalid(
                    "This picture moves. Only still pictures can be kept here; please send one of its frames.");
        Orientation orientation = jpeg ? CameraNote.orientation(bytes) : null;
        BufferedImage image = decode(reader);
        if (!jpeg && !endsWell(bytes)) throw broken();
        return Pixels.of(image, orientation, !jpeg);
    }

    private static void refuseBySize(ImageReader reader) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if (width < 1 || height < 1) throw broken();
        long pixels = (long) width * height;
        if (pixels > MOST_MEGAPIXELS * 1_000_000L || Math.max(width, height) > LONGEST_SIDE)
            throw tooManyPixels(pixels, MOST_MEGAPIXELS);
        ImageTypeSpecifier type = reader.getRawImageType(0);
        int bytesEach = type == null ? 3 : Math.max(3, type.getColorModel().getPixelSize() / 8);
        if (pixels * bytesEach > MOST_DECODED_BYTES)
            throw tooManyPixels(pixels, MOST_DECODED_BYTES / bytesEach / 1_000_000);
    }

    private static Problem tooManyPixels(long pixels, long mostMegapixels) {
        return Problem.invalid("This picture is too large to open: it has " + Math.max(1, pixels / 1_000_000)
                + " megapixels, and the most is " + mostMegapixels + ". Please make it smaller and try again.");
    }

    private static boolean moves(ImageReader reader, byte[] bytes) throws IOException {
        return switch (reader.getFormatName().toLowerCase(Locale.ROOT)) {
            case "gif" -> reader.getNumImages(true) > 1;
            // The animation bit of an extended WebP; the chunk that an animated PNG has before its pixels.
            case "webp" -> head(bytes, 8, 16).equals("WEBPVP8X") && bytes.length > 20 && (bytes[20] & 0x02) != 0;
            case "png" -> head(bytes, 0, 4096).contains("acTL");
            default -> false;
        };
    }

    /** Decodes on a thread of its own, so that a file made to take for ever does not. */
    private static BufferedImage decode(ImageReader reader) throws IOException {
        var cutOff = new AtomicBoolean();
        reader.addIIOReadWarningListener((source, warning) -> {
            if (warning.matches("(?is).*(premature|no EOI|truncat).*")) cutOff.set(true);
        });
        ImageReadParam param = reader.getDefaultReadParam();
        for (Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0); types.hasNext(); ) {
            ImageTypeSpecifier type = types.next();
            // Of the colours it can come in, the web's own: a phone's wide colours are turned into them line by line.
            if (type.getBufferedImageType() == BufferedImage.TYPE_3BYTE_BGR) {
                param.setDestinationType(type);
                break;
            }
        }
        var decoding = DECODING.submit(() -> reader.read(0, param));
        try {
            BufferedImage image = decoding.get(SECONDS, TimeUnit.SECONDS);
            if (cutOff.get()) throw broken();
            return image;
        } catch (TimeoutException e) {
            reader.abort();
            throw Problem.invalid(
                    "This picture took too long to open. Please save it again as JPEG and try once more.");
        } catch (ExecutionException | InterruptedException e) {
            throw broken();
        }
    }

    /** Whether the format's own mark of the end is there; readers fill in what is missing without a word. */
    private static boolean endsWell(byte[] bytes) {
        String start = head(bytes, 0, 4);
        if (start.startsWith("GIF")) return bytes[lastOf(bytes)] == 0x3b;
        if (start.endsWith("PNG")) return tail(bytes).contains("IEND");
        return true;
    }

    private static int lastOf(byte[] bytes) {
        int last = bytes.length - 1;
        while (last > 0 && bytes[last] == 0) last--;
        return last;
    }

    /** Files that people take for pictures, and that no reader here opens. */
    private static void refuseByName(byte[] bytes) {
        String start = head(bytes, 0, 1024);
        String brand = head(bytes, 4, 12);
        if (start.contains("<svg"))
            throw Problem.invalid("This is an SVG drawing, which can carry programs. Please export it as PNG.");
        if (brand.matches("ftyp(heic|heix|hevc|mif1|msf1|heim|heis)"))
            throw Problem.invalid("This is a HEIC photo. Please save it as JPEG and send that.");
        if (brand.matches("ftyp(avif|avis)"))
            throw Problem.invalid("This is an AVIF picture. Please save it as JPEG, PNG or WebP and send that.");
        if (start.startsWith("%PDF")) throw Problem.invalid("This is a PDF. Please send the picture itself.");
    }

    private static String head(byte[] bytes, int from, int to) {
        int start = Math.min(from, bytes.length);
        return new String(bytes, start, Math.min(to, bytes.length) - start, StandardCharsets.ISO_8859_1);
    }

    private static String tail(byte[] bytes) {
        return head(bytes, Math.max(0, bytes.length - 4096), bytes.length);
    }

    private static Problem notAPicture() {
        return Problem.invalid("This file is not a picture that we can open. Please send a JPEG, PNG, GIF or WebP.");
    }

    private static Problem broken() {
        return Problem.invalid(
                "This picture is damaged or did not arrive whole. Please open it, save it again and send that.");
    }
}
