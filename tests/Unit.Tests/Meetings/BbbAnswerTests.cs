using System.Text;
using Actors.Meetings;
using Actors.Silo.Meetings;

namespace Actors.Unit.Tests.Meetings;

public sealed class BbbAnswerTests
{
    private const int FuzzRuns = 200_000;

    private const string Created =
        """
        <response>
          <returncode>SUCCESS</returncode>
          <meetingID>Test</meetingID>
          <internalMeetingID>640ab2bae07bedc4c163f679a746f7ab7fb5d1fa-1531155809613</internalMeetingID>
          <attendeePW>ap</attendeePW>
          <createTime>1531155809613</createTime>
          <dialNumber></dialNumber>
          <messageKey>duplicateWarning</messageKey>
          <message>This conference was already in existence &amp; may be in progress.</message>
        </response>
        """;

    private const string Meetings =
        """
        <response>
          <returncode>SUCCESS</returncode>
          <meetings>
            <meeting>
              <meetingName>Demo Meeting</meetingName>
              <meetingID>Demo Meeting</meetingID>
              <running>true</running>
              <participantCount>2</participantCount>
              <moderatorCount>1</moderatorCount>
              <attendees>
                <attendee><userID>amslzbgzzddp</userID><fullName>Ernie Abernathy</fullName><meetingID>not this</meetingID></attendee>
              </attendees>
              <metadata/>
              <isBreakout>false</isBreakout>
            </meeting>
            <meeting>
              <meetingID>other</meetingID>
              <running>false</running>
              <participantCount>many</participantCount>
            </meeting>
          </meetings>
        </response>
        """;

    [Fact]
    public void Read_OfCreate_HasWhatItSays()
    {
        var answer = Read(Created);

        Assert.True(answer.IsSuccess);
        Assert.Equal("duplicateWarning", answer.MessageKey);
        Assert.Equal("This conference was already in existence & may be in progress.", answer.Message);
        Assert.Contains(new MeetingParameter("createTime", "1531155809613"), answer.Values);
        Assert.DoesNotContain(answer.Values, value => value.Name == "returncode");
    }

    [Fact]
    public void Read_OfGetMeetings_HasTheConferencesAndNotWhatIsInThem() =>
        Assert.Equal([new BbbMeeting("Demo Meeting", Running: true, 2, 1), new BbbMeeting("other", Running: false, 0, 0)], Read(Meetings).Meetings);

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>502 Bad Gateway</body></html>")]
    [InlineData("<response/>")]
    [InlineData("<response><returncode>MAYBE</returncode></response>")]
    [InlineData("<response><returncode>SUCCESS</returncode>")]
    [InlineData("""<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><response><returncode>SUCCESS</returncode><x>&b;</x></response>""")]
    [InlineData("""<!DOCTYPE r SYSTEM "file:///etc/passwd"><response><returncode>SUCCESS</returncode></response>""")]
    public void Read_OfWhatIsNoAnswer_SaysSo(string text) => Assert.Throws<IOException>(() => Read(text));

    [Fact]
    public void Read_OfADeepAnswer_EndsSoon() =>
        Assert.Throws<IOException>(() => Read($"<response>{string.Concat(Enumerable.Repeat("<x>", 100_000))}"));

    /// <summary>Answers with bytes changed, cut and doubled: read, or refused as nonsense, and nothing else.</summary>
    [Fact]
    public void Read_OfBrokenAnswers_IsAnAnswerOrNonsense()
    {
        var random = new Random(6);
        byte[][] samples = [Encoding.UTF8.GetBytes(Created), Encoding.UTF8.GetBytes(Meetings)];
        var read = 0;
        for (var run = 0; run < FuzzRuns; run++)
        {
            var bytes = Break(samples[run % samples.Length], random);
            try
            {
                BbbAnswer.Read(new MemoryStream(bytes));
                read++;
            }
            catch (IOException)
            {
                // nonsense
            }
        }

        Assert.InRange(read, 1, FuzzRuns - 1);
    }

    private static byte[] Break(byte[] sample, Random random)
    {
        var bytes = sample.ToList();
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at - 1, random.Next(40)));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, random.Next(40))));
                    break;
                default:
                    bytes.Insert(at, "<>&;/\"!?[]"u8[random.Next(10)]);
                    break;
            }
        }

        return [.. bytes];
    }

    private static BbbAnswer Read(string text) => BbbAnswer.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
