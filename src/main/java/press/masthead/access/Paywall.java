package press.masthead.access;

/** Decides who may read what: a pure function of the person's standing and the text's audience. */
public final class Paywall {
    private Paywall() {}

    public static Answer ask(Standing standing, Audience audience) {
        return switch (standing) {
            case Standing.Staff() -> new Answer.Open();
            case Standing.Member member -> new Answer.Open();
            case Standing.SignedIn() ->
                switch (audience) {
                    case PUBLIC, SIGN_IN -> new Answer.Open();
                    case MEMBER -> new Answer.Upgrade();
                };
            case Standing.Visitor() ->
                switch (audience) {
                    case PUBLIC -> new Answer.Open();
                    case SIGN_IN -> new Answer.SignIn();
                    case MEMBER -> new Answer.Upgrade();
                };
        };
    }
}
