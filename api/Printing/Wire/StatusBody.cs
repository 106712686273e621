using System.Text.Json;
using Actors.Api.Problems;
using Microsoft.AspNetCore.Mvc;

namespace Actors.Api.Printing.Wire;

/// <summary>The error body of print-api: <c>{"status":"Error","message":…,"ru":…}</c>.</summary>
internal sealed class StatusBody : IErrorShape
{
    /// <summary>Marks routes that answer so.</summary>
    public static readonly StatusBody Shape = new();

    private StatusBody()
    {
    }

    public async ValueTask WriteAsync(HttpContext context, ProblemDetails problem)
    {
        context.Response.Headers.CacheControl = "no-store";
        await PrintJson.WriteAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("status", "Error");
            json.WriteString("message", problem.Detail ?? problem.Title);
            json.WriteString("ru", PrintRefusals.RussianOf(problem));
            json.WriteEndObject();
        });
    }
}

/// <summary>JSON as print-api writes it: members in snake case, texts as they are.</summary>
internal static class PrintJson
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IResult Of(Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK) => new Answer(write, status);

    public static byte[] Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, s_options);
        write(json);
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        var body = Bytes(write);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
    }

    private sealed class Answer(Action<Utf8JsonWriter> write, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            return WriteAsync(httpContext, write);
        }
    }
}
