package press.masthead.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.FilterMergePolicy;
import org.apache.lucene.index.MergeTrigger;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.TieredMergePolicy;
import org.jspecify.annotations.Nullable;

/**
 * Few, large parts, since a search goes through each. As the index grows, Lucene's tiers; after much was added, all at once, each piece
 * taken into a new part a single time, because a part's graph of nearest passages costs more than anything else in it.
 */
final class FewParts extends FilterMergePolicy {
    private static final int LARGEST_MB = 400;
    private static final int SAME_SIZE = 6;

    private volatile boolean waits;

    FewParts() {
        super(new TieredMergePolicy().setSegmentsPerTier(SAME_SIZE).setMaxMergedSegmentMB(LARGEST_MB));
    }

    /** Whether parts are left as they are until all are put in order. */
    void wait(boolean begins) {
        waits = begins;
    }

    @Override
    public @Nullable MergeSpecification findMerges(MergeTrigger trigger, SegmentInfos parts, MergeContext context)
            throws IOException {
        return waits ? null : in.findMerges(trigger, parts, context);
    }

    @Override
    public @Nullable MergeSpecification findFullFlushMerges(
            MergeTrigger trigger, SegmentInfos parts, MergeContext context) throws IOException {
        return waits ? null : in.findFullFlushMerges(trigger, parts, context);
    }

    @Override
    public @Nullable MergeSpecification findForcedMerges(
            SegmentInfos parts, int most, Map<SegmentCommitInfo, Boolean> wanted, MergeContext context)
            throws IOException {
        var some = new ArrayList<SegmentCommitInfo>();
        for (SegmentCommitInfo part : parts) {
            if (context.getMergingSegments().contains(part)) return null;
            if (wanted.containsKey(part)) some.add(part);
        }
        if (some.size() <= most) return null;
        var merges = new MergeSpecification();
        for (List<SegmentCommitInfo> together : shared(some, most))
            if (together.size() > 1) merges.add(new OneMerge(together));
        return merges;
    }

    /** As many documents in each. */
    private static List<List<SegmentCommitInfo>> shared(List<SegmentCommitInfo> parts, int most) {
        long all = parts.stream().mapToLong(part -> part.info.maxDoc()).sum();
        var shares = new ArrayList<List<SegmentCommitInfo>>();
        for (int i = 0; i < most; i++) shares.add(new ArrayList<>());
        long before = 0;
        for (SegmentCommitInfo part : parts) {
            long middle = before + part.info.maxDoc() / 2;
            shares.get((int) Math.min(most - 1, middle * most / all)).add(part);
            before += part.info.maxDoc();
        }
        return shares;
    }
}
