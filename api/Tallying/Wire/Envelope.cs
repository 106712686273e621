using System.Net.Mime;
using System.Text.Json;
using Actors.Api.Problems;
using Microsoft.AspNetCore.Mvc;

namespace Actors.Api.Tallying.Wire;

/// <summary>The body of the seed's own routes: <c>{"err":0,"data":…}</c>, and <c>{"err":1,"err_class","err_desc","data":null}</c>.</summary>
internal sealed class Envelope : IErrorShape
{
    /// <summary>Marks routes that answer so.</summary>
    public static readonly Envelope Shape = new();

    private Envelope()
    {
    }

    public ValueTask WriteAsync(HttpContext context, ProblemDetails problem)
    {
        var code = problem.Extensions.TryGetValue("code", out var value) && value is string text ? text : "error";
        return WriteAsync(context, json =>
        {
            json.WriteNumber("err", 1);
            json.WriteString("err_class", code);
            json.WriteString("err_desc", problem.Detail ?? problem.Title);
            json.WriteNull("data");
        });
    }

    /// <summary>An answer whose data has these members.</summary>
    public static IResult Of(Action<Utf8JsonWriter> members) => new Answer(json =>
    {
        json.WriteNumber("err", 0);
        json.WriteStartObject("data");
        members(json);
        json.WriteEndObject();
    });

    /// <summary>An answer without envelope.</summary>
    public static IResult Plain(Action<Utf8JsonWriter> members, string contentType = MediaTypeNames.Application.Json) => new Answer(members, contentType);

    private static async ValueTask WriteAsync(HttpContext context, Action<Utf8JsonWriter> members, string contentType = MediaTypeNames.Application.Json)
    {
        context.Response.ContentType = contentType;
        if (!context.Response.Headers.ContainsKey("Cache-Control"))
        {
            context.Response.Headers.CacheControl = "no-store";
        }

        using var answer = JsonBuffer.Rent();
        answer.Json.WriteStartObject();
        members(answer.Json);
        answer.Json.WriteEndObject();
        var body = answer.Complete();
        // whole and with its length: chunks would cost more than the answer
        context.Response.ContentLength = body.Length;
        await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
    }

    private sealed class Answer(Action<Utf8JsonWriter> members, string contentType = MediaTypeNames.Application.Json) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => Envelope.WriteAsync(httpContext, members, contentType).AsTask();
    }
}
