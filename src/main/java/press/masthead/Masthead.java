package press.masthead;

/** The program: one command for each thing an operator does. */
public final class Masthead {
    private Masthead() {}

    public static void main(String[] args) {
        System.out.println("Masthead");
    }
}
