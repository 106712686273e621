using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Actors.Api.Problems;

namespace Actors.Api.Limits;

/// <summary>Reads whole bodies within a size and a time.</summary>
internal static class Bodies
{
    /// <summary>A synchronisation's body at most: 10,000 events in a careless writing.</summary>
    public const int MaxSyncBytes = 8 << 20;

    /// <summary>The body of one certificate or reader at most.</summary>
    public const int MaxEntityBytes = 256 << 10;

    private static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>Reads a body and hands it over; the bytes are gone once <paramref name="use"/> returns.</summary>
    public static async Task<(T? Value, IResult? Refusal)> ReadAsync<T>(HttpContext http, int maxBytes, Func<ReadOnlySequence<byte>, (T?, IResult?)> use)
    {
        if (http.Request.ContentLength > maxBytes)
        {
            return (default, Refusals.TooLarge.ToResult());
        }

        var reader = http.Request.BodyReader;
        try
        {
            var result = TryFill(reader, maxBytes) ?? await FillInTimeAsync(http, reader, maxBytes);
            if (result.IsCanceled)
            {
                reader.AdvanceTo(result.Buffer.End);
                http.Response.Headers.Connection = "close";
                return (default, Refusals.RequestTimeout.ToResult());
            }

            if (result.Buffer.Length > maxBytes)
            {
                reader.AdvanceTo(result.Buffer.End);
                return (default, Refusals.TooLarge.ToResult());
            }

            try
            {
                return use(result.Buffer);
            }
            finally
            {
                reader.AdvanceTo(result.Buffer.End);
            }
        }
        catch (BadHttpRequestException refused)
        {
            // nothing more can be read from this connection
            http.Response.Headers.Connection = "close";
            return (default, Refusals.OfStatus(refused.StatusCode).ToResult());
        }
    }

    /// <summary>Reads a JSON object and hands it over; <paramref name="use"/> says what is wrong with it, or null.</summary>
    public static async Task<IResult?> ReadObjectAsync(HttpContext http, Func<JsonElement, string?> use)
    {
        var (_, refusal) = await ReadAsync<object>(http, MaxEntityBytes, body =>
        {
            try
            {
                using var document = JsonDocument.Parse(body, JsonOptions);
                var wrong = document.RootElement.ValueKind == JsonValueKind.Object ? use(document.RootElement) : "The body is no object.";
                return (null, wrong is null ? null : Refusals.Invalid.ToResult(wrong));
            }
            catch (JsonException)
            {
                return (null, Refusals.Malformed.ToResult("The body is no JSON, too deep, or names a member twice."));
            }
            catch (InvalidOperationException)
            {
                // a text with half a surrogate pair
                return (null, Refusals.Malformed.ToResult("A text is no Unicode."));
            }
        });
        return refusal;
    }

    /// <summary>Most bodies are there with their headers: they need neither a wait nor a clock.</summary>
    private static ReadResult? TryFill(PipeReader reader, int maxBytes)
    {
        if (!reader.TryRead(out var result))
        {
            return null;
        }

        if (IsEnough(result, maxBytes))
        {
            return result;
        }

        reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        return null;
    }

    private static async ValueTask<ReadResult> FillInTimeAsync(HttpContext http, PipeReader reader, int maxBytes)
    {
        var time = http.RequestServices.GetRequiredService<TimeProvider>();
        using var timeout = new CancellationTokenSource(BodyTimes.Of(http.Request.ContentLength), time);
        // a cancelled token would leave the server's own read under way; a client that goes away ends it by itself
        await using var cut = timeout.Token.UnsafeRegister(static pending => ((PipeReader)pending!).CancelPendingRead(), reader);
        while (true)
        {
            var result = await reader.ReadAsync();
            if (IsEnough(result, maxBytes))
            {
                return result;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static bool IsEnough(ReadResult result, int maxBytes) =>
        result.IsCompleted || result.IsCanceled || result.Buffer.Length > maxBytes;
}
