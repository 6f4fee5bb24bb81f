package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import press.masthead.platform.db.SmallDisk;

/** Pictures over HTTP: the good ones as readers get them, and files that are too large, broken, or no pictures at all. */
class UploadTest {
    private static Desk desk;
    private static Press.Person ada;

    @TempDir
    static Path data;

    @BeforeAll
    static void open() throws Exception {
        desk = Desk.opened(Map.of("MASTHEAD_SAMPLE", "no", "MASTHEAD_DATA", data.toString()));
        ada = desk.signedIn("ada");
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    private static byte[] encoded(BufferedImage image, String format) throws IOException {
        var out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return out.toByteArray();
    }

    /** Red on the left half, blue on the right. */
    private static BufferedImage halves(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, width / 2, height);
        graphics.setColor(Color.BLUE);
        graphics.fillRect(width / 2, 0, width - width / 2, height);
        graphics.dispose();
        return image;
    }

    private static BufferedImage decoded(byte[] bytes) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(bytes));
    }

    /** A JPEG with the notes of a camera: where it was, and that it was held with its left side up (orientation 6). */
    private static byte[] withNotes(byte[] jpeg) {
        byte[] notes = ByteBuffer.allocate(80)
                .put("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(8)
                .putShort((short) 2)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) 6)
                .putShort((short) 0)
                .putShort((short) 0x010e)
                .putShort((short) 2)
                .putInt(16)
                .putInt(38)
                .putInt(0)
                .put("GPS 52.01N 4.36E\0".getBytes(StandardCharsets.ISO_8859_1))
                .array();
        var out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xe1, 0, (byte) (notes.length + 2)});
        out.writeBytes(notes);
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    /** A PNG whose header says 30,000 by 30,000, in a few bytes. */
    private static byte[] bomb() {
        byte[] header = ByteBuffer.allocate(17)
                .put("IHDR".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(30_000)
                .putInt(30_000)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        var crc = new CRC32();
        crc.update(header);
        return ByteBuffer.allocate(33)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'})
                .putInt(13)
                .put(header)
                .putInt((int) crc.getValue())
                .array();
    }

    private static byte[] moving() throws IOException {
        var out = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.prepareWriteSequence(null);
            for (int i = 0; i < 2; i++)
                writer.writeToSequence(new javax.imageio.IIOImage(halves(20 + i, 20), null, null), null);
            writer.endWriteSequence();
        }
        return out.toByteArray();
    }

    record Refused(String name, byte[] bytes, String because) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Refused> what_is_no_picture_that_can_be_taken() throws IOException {
        byte[] jpeg = encoded(halves(400, 300), "jpg");
        byte[] png = encoded(halves(400, 300), "png");
        byte[] gif = encoded(halves(400, 300), "gif");
        return Stream.of(
                new Refused(
                        "words.jpg",
                        "not a picture at all".getBytes(StandardCharsets.UTF_8),
                        "not a picture that we can open"),
                new Refused("cut-off.jpg", Arrays.copyOf(jpeg, jpeg.length * 2 / 3), "damaged or did not arrive whole"),
                new Refused("cut-off.png", Arrays.copyOf(png, png.length * 2 / 3), "damaged or did not arrive whole"),
                new Refused("cut-off.gif", Arrays.copyOf(gif, gif.length * 2 / 3), "damaged or did not arrive whole"),
                new Refused("bomb.png", bomb(), "has 900 megapixels"),
                new Refused(
                        "drawing.svg",
                        "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
                                .getBytes(StandardCharsets.UTF_8),
                        "This is an SVG drawing"),
                new Refused("moving.gif", moving(), "This picture moves"),
                new Refused(
                        "phone.heic",
                        "\0\0\0\30ftypheic\0\0\0\0mif1heic".getBytes(StandardCharsets.ISO_8859_1),
                        "This is a HEIC photo"),
                new Refused("paper.pdf", "%PDF-1.7".getBytes(StandardCharsets.UTF_8), "This is a PDF"));
    }

    @ParameterizedTest
    @MethodSource
    void what_is_no_picture_that_can_be_taken(Refused refused) throws Exception {
        String before = desk.value("select count(*)::text from picture");
        var answer = ada.upload("/desk/pictures", refused.name(), refused.bytes());
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(Desk.page(answer).select("[role=alert]").text()).contains(refused.because());
        assertThat(desk.value("select count(*)::text from picture")).isEqualTo(before);
        assertThat(leftOver(data)).isEmpty();
    }

    @Test
    void fifty_megabytes_are_refused_in_one_sentence_and_nothing_of_them_stays() throws Exception {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        long before = multipartsIn(temporary);
        var answer = ada.upload("/desk/pictures", "large.jpg", new byte[50 << 20]);
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(Desk.page(answer).select("[role=alert]").text())
                .isEqualTo("This picture is larger than 25 MB. Please send a smaller version; nothing was kept.");
        assertThat(leftOver(data)).isEmpty();
        assertThat(multipartsIn(temporary)).isEqualTo(before);
    }

    private static long multipartsIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("(?i)multipart.*"))
                    .count();
        }
    }

    private static java.util.List<String> leftOver(Path data) {
        try (Stream<Path> files = Files.walk(data)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(".incoming"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String address(HttpResponse<String> answer) {
        return Desk.page(answer).expectFirst(".facts a").attr("href");
    }

    @Test
    void a_camera_picture_stands_upright_and_tells_nothing_of_where_it_was_taken() throws Exception {
        byte[] sent = withNotes(encoded(halves(400, 200), "jpg"));
        assertThat(new String(sent, StandardCharsets.ISO_8859_1)).contains("GPS 52.01N");
        String address = address(ada.upload("/desk/pictures", "Held sideways.JPG", sent));
        assertThat(address).startsWith("/content/images/held-sideways-");
        byte[] kept = ada.bytes(address).body();
        assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain("GPS", "Exif");
        BufferedImage picture = decoded(kept);
        assertThat(picture.getWidth()).isEqualTo(200);
        assertThat(picture.getHeight()).isEqualTo(400);
        assertThat(new Color(picture.getRGB(100, 50)).getRed())
                .as("what was left is above")
                .isGreaterThan(200);
        assertThat(new Color(picture.getRGB(100, 350)).getBlue()).isGreaterThan(200);
    }

    @Test
    void a_browser_that_takes_webp_gets_it_and_one_that_does_not_gets_the_width_as_jpeg() throws Exception {
        String address = address(ada.upload("/desk/pictures", "wide.jpg", encoded(halves(1800, 900), "jpg")));
        String at600 = address.replace("/content/images/", "/content/images/size/w600/");
        var jpeg = ada.bytes(at600);
        assertThat(jpeg.headers().firstValue("Content-Type")).hasValue("image/jpeg");
        assertThat(jpeg.headers().firstValue("Vary")).hasValue("Accept");
        assertThat(decoded(jpeg.body()).getWidth()).isEqualTo(600);
        var webp = ada.bytes(at600, "Accept", "image/avif,image/webp,*/*");
        assertThat(webp.headers().firstValue("Content-Type")).hasValue("image/webp");
        assertThat(new String(webp.body(), 8, 4, StandardCharsets.ISO_8859_1)).isEqualTo("WEBP");
        assertThat(webp.body().length).isLessThan(jpeg.body().length);
        assertThat(ada.bytes(
                                at600,
                                "Accept",
                                "image/webp",
                                "If-None-Match",
                                webp.headers().firstValue("ETag").orElseThrow())
                        .statusCode())
                .isEqualTo(304);
        assertThat(ada.bytes(at600.replace("/w600/", "/w600/format/webp/"))
                        .headers()
                        .firstValue("Content-Type"))
                .hasValue("image/webp");
    }

    @Test
    void a_webp_from_elsewhere_is_taken_and_written_anew() throws Exception {
        String address = address(ada.upload("/desk/pictures", "made.jpg", encoded(halves(700, 500), "jpg")));
        byte[] webp = ada.bytes(address.replace("/content/images/", "/content/images/size/w600/format/webp/"))
                .body();
        String again = address(ada.upload("/desk/pictures", "from elsewhere.webp", webp));
        assertThat(decoded(ada.bytes(again).body()).getWidth()).isEqualTo(600);
    }

    @Test
    void a_cut_keeps_the_focal_point_in_sight() throws Exception {
        var answer = ada.upload("/desk/pictures", "focal.jpg", encoded(halves(1200, 400), "jpg"));
        String cut = address(answer).replace("/content/images/", "/content/images/size/w300h300/");
        Color middle = new Color(decoded(ada.bytes(cut).body()).getRGB(20, 150));
        assertThat(middle.getRed()).isGreaterThan(200);
        ada.post(answer.uri().getPath(), "alt", "x", "caption", "", "credit", "", "focal_x", "0.9", "focal_y", "0.5");
        BufferedImage moved = decoded(ada.bytes(cut).body());
        assertThat(moved.getWidth()).isEqualTo(moved.getHeight());
        assertThat(new Color(moved.getRGB(20, 150)).getBlue()).isGreaterThan(200);
    }

    @Test
    void the_library_finds_pictures_without_words_and_says_where_each_is_shown() throws Exception {
        var answer = ada.upload("/desk/pictures", "nameless.jpg", encoded(halves(310, 210), "jpg"));
        String page = answer.uri().getPath();
        String name = address(answer).replace("/content/images/", "");
        assertThat(ada.get("/desk/pictures?without=alt").body()).contains(name);
        assertThat(answer.body()).contains("Nowhere yet.");
        ada.post(
                "/desk/stories/new",
                "title",
                "Shows a picture",
                "body",
                "<figure><img src=\"/content/images/" + name + "\" alt=\"x\"></figure><p>x</p>");
        assertThat(Desk.page(ada.get(page))
                        .select("section:contains(Where it is shown)")
                        .text())
                .contains("Shows a picture", "draft");
        assertThat(ada.post(page + "/remove").statusCode()).isEqualTo(422);
        ada.post(page, "alt", "Two halves.", "caption", "", "credit", "Drawing: Ada");
        assertThat(ada.get("/desk/pictures?without=alt").body()).doesNotContain(name);
        assertThat(ada.get("/desk/pictures?q=halves").body()).contains(name);
    }

    @Test
    void on_a_full_disk_an_upload_is_refused_with_one_sentence_and_nothing_is_half_kept() throws Exception {
        Path small = Files.createTempDirectory("small-disk");
        try (var disk = SmallDisk.mount(small, 2);
                var crowded = Desk.opened(Map.of("MASTHEAD_SAMPLE", "no", "MASTHEAD_DATA", small.toString()))) {
            Press.Person editor = crowded.signedIn("ada");
            byte[] picture = encoded(halves(900, 600), "jpg");
            disk.fill();
            var refused = editor.upload("/desk/pictures", "too-late.jpg", picture);
            assertThat(refused.statusCode()).isEqualTo(507);
            assertThat(Desk.page(refused).select("[role=alert]").text())
                    .isEqualTo("The server's disk is full, so the file was not kept.");
            assertThat(crowded.value("select count(*)::text from picture")).isEqualTo("0");
            assertThat(leftOver(small)).isEmpty();

            disk.free();
            String address = address(editor.upload("/desk/pictures", "in-time.jpg", picture));
            disk.fill();
            var shown = editor.bytes(address.replace("/content/images/", "/content/images/size/w300/"));
            assertThat(shown.statusCode())
                    .as("readers get pictures on a full disk")
                    .isEqualTo(200);
            assertThat(leftOver(small)).isEmpty();
        }
    }
}
