def test_every_answer_says_that_only_our_pages_may_use_the_microphone(client, db):
    for path in ("/", "/api/v1/schema/", "/nothing/"):
        policy = client.get(path)["Permissions-Policy"]
        assert "microphone=(self)" in policy
        assert "camera=()" in policy
        assert "geolocation=()" in policy
