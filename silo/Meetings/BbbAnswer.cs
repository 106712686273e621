using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using Actors.Meetings;

namespace Actors.Silo.Meetings;

/// <summary>An answer of a server: XML of which nothing is believed, neither its size nor its depth nor that it is XML.</summary>
/// <param name="IsSuccess">Whether the return code is SUCCESS.</param>
/// <param name="MessageKey">What programs compare; empty when there is none.</param>
/// <param name="Message">What people read; empty when there is none.</param>
/// <param name="Values">The other elements of the answer that hold a text.</param>
/// <param name="Meetings">The conferences of a list.</param>
internal sealed record BbbAnswer(
    bool IsSuccess, string MessageKey, string Message, ImmutableArray<MeetingParameter> Values, ImmutableArray<BbbMeeting> Meetings)
{
    private const int MaxDepth = 16;
    private const int MaxValues = 200;
    private const int MaxText = 8_192;
    private const int MaxMeetings = 50_000;
    private const string Nonsense = "The server's answer is none of BigBlueButton's.";

    private static readonly XmlReaderSettings s_settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        MaxCharactersInDocument = 32 << 20,
    };

    /// <exception cref="IOException">It is no answer of BigBlueButton.</exception>
    public static BbbAnswer Read(Stream body)
    {
        try
        {
            using var xml = XmlReader.Create(body, s_settings);
            return Read(xml);
        }
        catch (XmlException failure)
        {
            throw new IOException(Nonsense, failure);
        }
    }

    private static BbbAnswer Read(XmlReader xml)
    {
        if (xml.MoveToContent() is not XmlNodeType.Element || xml.LocalName != "response")
        {
            throw new IOException(Nonsense);
        }

        var path = new List<string>();
        var values = ImmutableArray.CreateBuilder<MeetingParameter>();
        var meetings = ImmutableArray.CreateBuilder<BbbMeeting>();
        var meeting = new Dictionary<string, string>(StringComparer.Ordinal);
        var text = "";
        while (xml.Read())
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element:
                    if (xml.Depth > MaxDepth)
                    {
                        throw new IOException(Nonsense);
                    }

                    text = "";
                    if (!xml.IsEmptyElement)
                    {
                        path.Add(xml.LocalName);
                    }

                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    text = text.Length + xml.Value.Length > MaxText ? text : text + xml.Value;
                    break;
                case XmlNodeType.EndElement when path.Count > 0:
                    End(path, text, values, meeting, meetings);
                    text = "";
                    path.RemoveAt(path.Count - 1);
                    break;
                default:
                    break;
            }
        }

        string Value(string name) => values.FirstOrDefault(value => value.Name == name)?.Value ?? "";
        var code = Value("returncode");
        return code is "SUCCESS" or "FAILED"
            ? new(code is "SUCCESS", Value("messageKey"), Value("message"), [.. values.Where(value => value.Name is not "returncode")], meetings.ToImmutable())
            : throw new IOException(Nonsense);
    }

    private static void End(
        List<string> path, string text, ImmutableArray<MeetingParameter>.Builder values, Dictionary<string, string> meeting, ImmutableArray<BbbMeeting>.Builder meetings)
    {
        switch (path)
        {
            case [var name] when name is not "meetings":
                if (values.Count < MaxValues)
                {
                    values.Add(new MeetingParameter(name, text.Trim()));
                }

                break;
            case ["meetings", "meeting"]:
                if (meetings.Count == MaxMeetings)
                {
                    throw new IOException(Nonsense);
                }

                meetings.Add(new BbbMeeting(
                    meeting.GetValueOrDefault("meetingID", ""),
                    meeting.GetValueOrDefault("running") is "true",
                    Number(meeting.GetValueOrDefault("participantCount")),
                    Number(meeting.GetValueOrDefault("moderatorCount"))));
                meeting.Clear();
                break;
            case ["meetings", "meeting", var name]:
                meeting[name] = text.Trim();
                break;
            default:
                break;
        }
    }

    private static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
