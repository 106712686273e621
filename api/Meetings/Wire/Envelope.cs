using System.Text.Encodings.Web;
using System.Text.Json;
using Actors.Api.Problems;
using Microsoft.AspNetCore.Mvc;

namespace Actors.Api.Meetings.Wire;

/// <summary>What these routes answer (seed 003): <c>{"err":0,"data":…}</c>, or <c>{"err":1,"err_class":…,"err_desc":…,"data":null}</c>.</summary>
internal sealed class Envelope : IErrorShape
{
    /// <summary>Marks routes that answer so.</summary>
    public static readonly Envelope Shape = new();

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private Envelope()
    {
    }

    /// <summary>What was asked for.</summary>
    public static IResult Of(Action<Utf8JsonWriter> data) => new Answer(StatusCodes.Status200OK, json =>
    {
        json.WriteNumber("err", 0);
        json.WritePropertyName("data");
        data(json);
    });

    /// <summary>A refusal that no repetition changes; its status is 200 unless what is meant is unknown, so that callers that repeat on HTTP errors stop.</summary>
    public static IResult Refusal(string kind, string description, int status = StatusCodes.Status200OK) => new Answer(status, json => WriteError(json, kind, description));

    /// <inheritdoc/>
    public ValueTask WriteAsync(HttpContext context, ProblemDetails problem)
    {
        context.Response.Headers.CacheControl = "no-store";
        var code = problem.Extensions.TryGetValue("code", out var value) ? value as string ?? "error" : "error";
        return new(WriteAsync(context, json => WriteError(json, Pascal(code), problem.Detail ?? problem.Title ?? "")));
    }

    /// <summary>A class's name as the seed's are: IdNotUnique.</summary>
    public static string Pascal(string code) =>
        string.Concat(code.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static void WriteError(Utf8JsonWriter json, string kind, string description)
    {
        json.WriteNumber("err", 1);
        json.WriteString("err_class", kind);
        json.WriteString("err_desc", description);
        json.WriteNull("data");
    }

    private static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> members)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = buffer.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }

    private sealed class Answer(int status, Action<Utf8JsonWriter> members) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            return WriteAsync(httpContext, members);
        }
    }
}
