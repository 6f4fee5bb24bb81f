-- A published story as every list shows it: flat, and without a word of its body.
create view story_card as
  select s.id, s.kind, s.slug, s.title, s.standfirst, s.language, s.direction, s.dateline, s.access, s.words, s.featured,
         s.published_at, s.updated_at,
         p.name as picture_name, p.width as picture_width, p.height as picture_height,
         p.alt as picture_alt, p.caption as picture_caption, p.credit as picture_credit,
         coalesce(a.names, '{}') as author_names, coalesce(a.slugs, '{}') as author_slugs,
         coalesce(t.names, '{}') as topic_names, coalesce(t.slugs, '{}') as topic_slugs
  from story s
  left join picture p on p.id = s.picture_id
  left join lateral (
    select array_agg(author.name order by sa.position) as names, array_agg(author.slug order by sa.position) as slugs
    from story_author sa join author on author.id = sa.author_id where sa.story_id = s.id) a on true
  left join lateral (
    select array_agg(topic.name order by st.position) as names, array_agg(topic.slug order by st.position) as slugs
    from story_topic st join topic on topic.id = st.topic_id where st.story_id = s.id) t on true
  where s.state = 'published';
