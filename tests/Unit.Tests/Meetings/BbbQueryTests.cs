using System.Collections.Immutable;
using Actors.Meetings;
using Actors.Silo.Meetings;

namespace Actors.Unit.Tests.Meetings;

/// <summary>Against the vector of BigBlueButton's own documentation (API, "Usage").</summary>
public sealed class BbbQueryTests
{
    private const string Query = "name=Test+Meeting&meetingID=abc123&attendeePW=111222&moderatorPW=333444";
    private const string Secret = "639259d4-9dd8-4b25-bf01-95f9567eaf4b";

    [Theory]
    [InlineData(BbbAlgorithm.Sha1, "1fcbb0c4fc1f039f73aa6d697d2db9ba7f803f17")]
    [InlineData(BbbAlgorithm.Sha256, "da9185f7f333cfdfcd6eeac32dca3777510c4c436020d8b887ba5515bd1d189e")]
    public void Checksum_OfThePublishedCall_IsThePublishedOne(BbbAlgorithm algorithm, string expected) =>
        Assert.Equal(expected, BbbQuery.Checksum(algorithm, "create", Query, Secret));

    [Theory]
    [InlineData(BbbAlgorithm.Sha384, 96)]
    [InlineData(BbbAlgorithm.Sha512, 128)]
    public void Checksum_HasTheLengthByWhichServersTellAlgorithmsApart(BbbAlgorithm algorithm, int length) =>
        Assert.Equal(length, BbbQuery.Checksum(algorithm, "create", Query, Secret).Length);

    [Fact]
    public void Write_OfTextsInAnyScript_KeepsThemApart()
    {
        ImmutableArray<MeetingParameter> parameters = [new("meta_a b", "1&2=3"), new("name", "Été à Paris + <b>")];

        Assert.Equal("meta_a%20b=1%262%3D3&name=%C3%89t%C3%A9%20%C3%A0%20Paris%20%2B%20%3Cb%3E", BbbQuery.Write(parameters));
    }

    [Theory]
    [InlineData("https://bbb.example.org/bigbluebutton/")]
    [InlineData("https://bbb.example.org/bigbluebutton")]
    public void Address_OfAServerWithOrWithoutASlash_IsTheSame(string server)
    {
        Assert.Equal("https://bbb.example.org/bigbluebutton/api/create?a=b&checksum=c", BbbQuery.Address(new Uri(server), "create", "a=b", "c"));
        Assert.Equal("https://bbb.example.org/bigbluebutton/api/getMeetings?checksum=c", BbbQuery.Address(new Uri(server), "getMeetings", "", "c"));
    }
}
