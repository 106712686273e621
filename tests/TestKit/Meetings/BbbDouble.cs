using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Actors.TestKit.Relays;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Actors.TestKit.Meetings;

/// <summary>
/// A BigBlueButton server of our own, over real HTTP: it checks checksums of all four algorithms on the query exactly as it
/// came, answers with the documentation's XML, refuses a second create with other passwords, and can be slow or broken.
/// </summary>
public sealed class BbbDouble : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, BbbConference> _conferences = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.Ordinal);
    private readonly int _port = LoopbackPorts.Next();
    private WebApplication? _app;
    private long _lastCreateTime;

    /// <summary>Its address, as an operator writes it.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port}/bigbluebutton/");

    /// <summary>Its secret; the documentation's.</summary>
    public string Secret { get; set; } = "639259d4-9dd8-4b25-bf01-95f9567eaf4b";

    /// <summary>What is wrong with it.</summary>
    public BbbFault Fault { get; set; }

    /// <summary>Its conferences by their ids.</summary>
    public IReadOnlyDictionary<string, BbbConference> Conferences => _conferences;

    /// <summary>How often a call was made.</summary>
    public int CallsOf(string call) => _calls.GetValueOrDefault(call);

    /// <summary>Starts one.</summary>
    public static async Task<BbbDouble> StartAsync()
    {
        var server = new BbbDouble();
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts it after it was killed; a server that starts has no conferences.</summary>
    public async Task StartAgainAsync()
    {
        _conferences.Clear();
        _app = WebApplication.CreateSlimBuilder([$"--urls=http://127.0.0.1:{_port}", "--Logging:LogLevel:Default=None"]).Build();
        _app.Map("/bigbluebutton/api/{call}", AnswerAsync);
        _app.Map("/bigbluebutton/api", VersionAsync);
        await _app.StartAsync();
    }

    /// <summary>It is gone, with everybody in it.</summary>
    public async Task KillAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            using var now = new CancellationTokenSource(TimeSpan.Zero);
            await app.StopAsync(now.Token);
            await app.DisposeAsync();
        }
    }

    /// <summary>Ends a conference; the callback is made as the server makes it.</summary>
    public async Task EndAsync(string id)
    {
        if (_conferences.TryRemove(id, out var conference) && conference.Parameters.TryGetValue("meetingEndedURL", out var callback))
        {
            using var http = new HttpClient();
            using var answer = await http.GetAsync(new Uri(QueryHelpers.AddQueryString(callback, "recordingmarks", "false")));
        }
    }

    /// <summary>Nobody came: the server removes what is empty after some minutes, and tells nobody.</summary>
    public void ExpireEmpty()
    {
        foreach (var conference in _conferences.Values.Where(conference => !conference.IsRunning))
        {
            _conferences.TryRemove(conference.Id, out _);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await KillAsync();

    /// <summary>How far its clock is ahead.</summary>
    public TimeSpan ClockSkew { get; set; }

    /// <summary>The length of the checksums that it takes, or 0 for all.</summary>
    public int ChecksumLength { get; set; }

    private async Task VersionAsync(HttpContext http)
    {
        if (!await FailAsync(http))
        {
            http.Response.Headers.Date = (TimeProvider.System.GetUtcNow() + ClockSkew).ToString("R", CultureInfo.InvariantCulture);
            http.Response.ContentType = "text/xml;charset=utf-8";
            await http.Response.WriteAsync(Success(new XElement("version", "2.0"), new XElement("apiVersion", "2.0"), new XElement("bbbVersion", "3.0.4")).ToString());
        }
    }

    private async Task AnswerAsync(HttpContext http, string call)
    {
        _calls.AddOrUpdate(call, 1, static (_, count) => count + 1);
        if (await FailAsync(http))
        {
            return;
        }

        var raw = http.Request.QueryString.Value?.TrimStart('?') ?? "";
        var person = "";
        var answer = IsSigned(call, raw)
            ? call switch
            {
                "create" => Create(http.Request),
                "join" => Join(http.Request.Query, out person),
                "getMeetings" => List(),
                "isMeetingRunning" => Success(new XElement("running", _conferences.TryGetValue(http.Request.Query["meetingID"].ToString(), out var known) && known.IsRunning ? "true" : "false")),
                _ => Failed("unsupportedRequest", "This request is not supported."),
            }
            : Failed("checksumError", "You did not pass the checksum security check");
        if (answer is not null)
        {
            http.Response.ContentType = "text/xml;charset=utf-8";
            await http.Response.WriteAsync(answer.ToString());
            return;
        }

        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync($"<!doctype html><title>BigBlueButton</title><h1 id=\"person\">{WebUtility.HtmlEncode(person)}</h1><p id=\"server\">{_port}</p>");
    }

    private async Task<bool> FailAsync(HttpContext http)
    {
        switch (Fault)
        {
            case BbbFault.None:
                return false;
            case BbbFault.Silent:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                return true;
            case BbbFault.Html:
                http.Response.StatusCode = (int)HttpStatusCode.OK;
                await http.Response.WriteAsync("<!doctype html><html><body><h1>502 Bad Gateway</h1><hr>nginx</body></html>");
                return true;
            case BbbFault.Garbage:
                await http.Response.BodyWriter.WriteAsync(RandomNumberGenerator.GetBytes(2_000));
                return true;
            case BbbFault.Status500:
                http.Response.StatusCode = (int)HttpStatusCode.InternalServerError;
                return true;
            case BbbFault.Abort:
                http.Abort();
                return true;
            case BbbFault.Endless:
                await http.Response.WriteAsync("<response><returncode>SUCCESS</returncode><meetings>");
                while (!http.RequestAborted.IsCancellationRequested)
                {
                    await http.Response.WriteAsync(string.Concat(Enumerable.Repeat("<x>", 10_000)));
                }

                return true;
            default:
                return true;
        }
    }

    /// <summary>The checksum is cut out of the query as it came, which is never written anew: many writings of a text are right.</summary>
    private bool IsSigned(string call, string raw)
    {
        var parts = raw.Split('&');
        var given = parts.FirstOrDefault(part => part.StartsWith("checksum=", StringComparison.Ordinal))?["checksum=".Length..] ?? "";
        var text = Encoding.UTF8.GetBytes(call + string.Join('&', parts.Where(part => !part.StartsWith("checksum=", StringComparison.Ordinal))) + Secret);
#pragma warning disable CA5350 // what callers may use
        var right = given.Length switch
        {
            40 => SHA1.HashData(text),
            64 => SHA256.HashData(text),
            96 => SHA384.HashData(text),
            128 => SHA512.HashData(text),
            _ => [],
        };
#pragma warning restore CA5350
        return (ChecksumLength == 0 || given.Length == ChecksumLength) && right.Length > 0 && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(right)), Encoding.ASCII.GetBytes(given));
    }

    private XElement Create(HttpRequest request)
    {
        var parameters = request.Query.ToDictionary(pair => pair.Key, pair => pair.Value[^1] ?? "", StringComparer.Ordinal);
        if (!parameters.TryGetValue("meetingID", out var id) || id.Length == 0)
        {
            return Failed("missingParamMeetingID", "You must specify a meeting ID for the meeting.");
        }

        if (!parameters.TryGetValue("name", out var name) || name.Length is < 2 or > 64)
        {
            return Failed("validationError", "Meeting name must be between 2 and 64 characters");
        }

        var made = new BbbConference(
            id, name, parameters.GetValueOrDefault("attendeePW", RandomNumberGenerator.GetHexString(8)),
            parameters.GetValueOrDefault("moderatorPW", RandomNumberGenerator.GetHexString(8)), NextCreateTime(), parameters);
        var present = _conferences.GetOrAdd(id, made);
        return present == made ? Describe(present)
            : parameters.GetValueOrDefault("attendeePW") == present.AttendeePassword && parameters.GetValueOrDefault("moderatorPW") == present.ModeratorPassword
                ? Describe(present, new XElement("messageKey", "duplicateWarning"), new XElement("message", "This conference was already in existence and may currently be in progress."))
                : Failed("idNotUnique", "A meeting already exists with that meeting ID.  Please use a different meeting ID.");
    }

    /// <summary>Null when he is in.</summary>
    private XElement? Join(IQueryCollection query, out string person)
    {
        person = query["fullName"].ToString();
        if (!_conferences.TryGetValue(query["meetingID"].ToString(), out var conference))
        {
            return Failed("invalidMeetingIdentifier", "The meeting ID that you supplied did not match any existing meetings");
        }

        if (person.Length == 0)
        {
            return Failed("missingParamFullName", "You must specify a name for the attendee who will be joining the meeting.");
        }

        if (query.TryGetValue("createTime", out var time) && time.ToString() != conference.CreateTime.ToString(CultureInfo.InvariantCulture))
        {
            return Failed("mismatchCreateTimeParam", "The createTime parameter submitted mismatches with the current meeting.");
        }

        var role = query["role"].ToString() is { Length: > 0 } given ? given
            : query["password"].ToString() == conference.ModeratorPassword ? "MODERATOR"
            : query["password"].ToString() == conference.AttendeePassword ? "VIEWER"
            : "";
        if (role.Length == 0)
        {
            return Failed("invalidPassword", "You either did not supply a password or the password supplied is neither the attendee or moderator password for this conference.");
        }

        conference.People.Enqueue((person, role));
        return null;
    }

    private XElement List() => _conferences.IsEmpty
        ? Success(new XElement("meetings"), new XElement("messageKey", "noMeetings"), new XElement("message", "no meetings were found on this server"))
        : Success(new XElement("meetings", _conferences.Values.Select(Meeting)));

    private static XElement Meeting(BbbConference conference) => new(
        "meeting",
        new XElement("meetingName", conference.Name),
        new XElement("meetingID", conference.Id),
        new XElement("internalMeetingID", conference.InternalId),
        new XElement("createTime", conference.CreateTime),
        new XElement("createDate", "Tue Jul 10 16:36:25 UTC 2018"),
        new XElement("voiceBridge", "70066"),
        new XElement("dialNumber", "613-555-1234"),
        new XElement("attendeePW", conference.AttendeePassword),
        new XElement("moderatorPW", conference.ModeratorPassword),
        new XElement("running", conference.IsRunning ? "true" : "false"),
        new XElement("duration", "0"),
        new XElement("hasUserJoined", conference.IsRunning ? "true" : "false"),
        new XElement("recording", "false"),
        new XElement("hasBeenForciblyEnded", "false"),
        new XElement("startTime", conference.CreateTime),
        new XElement("endTime", "0"),
        new XElement("participantCount", conference.People.Count),
        new XElement("listenerCount", "0"),
        new XElement("voiceParticipantCount", "0"),
        new XElement("videoCount", "0"),
        new XElement("maxUsers", "20"),
        new XElement("moderatorCount", conference.Moderators),
        new XElement("attendees", conference.People.Select(person => new XElement("attendee", new XElement("fullName", person.Name), new XElement("role", person.Role)))),
        new XElement("metadata"),
        new XElement("isBreakout", "false"));

    private static XElement Describe(BbbConference conference, params XElement[] more) => Success(
        [
            new XElement("meetingID", conference.Id),
            new XElement("internalMeetingID", conference.InternalId),
            new XElement("parentMeetingID", "bbb-none"),
            new XElement("attendeePW", conference.AttendeePassword),
            new XElement("moderatorPW", conference.ModeratorPassword),
            new XElement("createTime", conference.CreateTime),
            new XElement("voiceBridge", "70757"),
            new XElement("dialNumber", "613-555-1234"),
            new XElement("createDate", "Mon Jul 09 17:03:29 UTC 2018"),
            new XElement("hasUserJoined", conference.IsRunning ? "true" : "false"),
            new XElement("duration", "0"),
            new XElement("hasBeenForciblyEnded", "false"),
            .. more,
        ]);

    private static XElement Success(params object[] elements) => new("response", new XElement("returncode", "SUCCESS"), elements);

    private static XElement Failed(string key, string message) =>
        new("response", new XElement("returncode", "FAILED"), new XElement("messageKey", key), new XElement("message", message));

    private long NextCreateTime()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        while (true)
        {
            var last = Volatile.Read(ref _lastCreateTime);
            var next = Math.Max(now, last + 1);
            if (Interlocked.CompareExchange(ref _lastCreateTime, next, last) == last)
            {
                return next;
            }
        }
    }
}
