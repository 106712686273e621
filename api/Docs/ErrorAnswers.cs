using System.Globalization;
using Actors.Api.Auth;
using Actors.Api.Notifications.Users;
using Actors.Api.Printing.Wire;
using Actors.Api.Problems;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Actors.Api.Docs;

/// <summary>Adds to each operation the refusals that it has in common with others, and gives all of them their bodies.</summary>
internal static class ErrorAnswers
{
    private const string ProblemSchema = "Problem";
    private const string EnvelopeSchema = "Refusal";
    private const string StatusSchema = "PrintRefusal";

    public static void AddTo(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (context.Description.RelativePath is "healthz" or "readyz")
        {
            return;
        }

        var answers = operation.Responses ??= [];
        foreach (var status in Common(metadata, operation))
        {
            answers.TryAdd(status.ToString(CultureInfo.InvariantCulture), new OpenApiResponse());
        }

        var shape = metadata.OfType<IErrorShape>().LastOrDefault();
        var enveloped = shape is not null;
        var schema = new OpenApiSchemaReference(shape is StatusBody ? StatusSchema : enveloped ? EnvelopeSchema : ProblemSchema, context.Document);
        foreach (var (status, answer) in answers)
        {
            if (answer is OpenApiResponse refusal && int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code >= StatusCodes.Status400BadRequest)
            {
                refusal.Description = Refusals.OfStatus(code).Title;
                refusal.Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    [enveloped ? "application/json" : "application/problem+json"] = new() { Schema = schema },
                };
            }
        }
    }

    /// <summary>The shapes.</summary>
    public static void AddSchemas(OpenApiDocument document)
    {
        document.AddComponent(ProblemSchema, ObjectOf(
            "Problem details (RFC 9457).",
            ("type", JsonSchemaType.String), ("title", JsonSchemaType.String), ("status", JsonSchemaType.Integer), ("detail", JsonSchemaType.String),
            ("code", JsonSchemaType.String), ("traceId", JsonSchemaType.String), ("errors", JsonSchemaType.Object)));
        document.AddComponent(EnvelopeSchema, ObjectOf(
            "The envelope of a refusal.",
            ("err", JsonSchemaType.Integer), ("err_class", JsonSchemaType.String), ("err_desc", JsonSchemaType.String), ("data", JsonSchemaType.Null)));
        document.AddComponent(StatusSchema, ObjectOf(
            "A refusal of printing, in English and Russian.",
            ("status", JsonSchemaType.String), ("message", JsonSchemaType.String), ("ru", JsonSchemaType.String)));
    }

    private static IEnumerable<int> Common(IList<object> metadata, OpenApiOperation operation)
    {
        if (operation.RequestBody is not null)
        {
            int[] ofBodies = [StatusCodes.Status400BadRequest, StatusCodes.Status408RequestTimeout, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType];
            foreach (var status in ofBodies)
            {
                yield return status;
            }
        }

        if (operation.Parameters?.Any(parameter => parameter.In == ParameterLocation.Query) is true)
        {
            yield return StatusCodes.Status400BadRequest;
        }

        if (metadata.OfType<RequiredScope>().Any())
        {
            yield return StatusCodes.Status401Unauthorized;
            yield return StatusCodes.Status403Forbidden;
            yield return StatusCodes.Status429TooManyRequests;
        }

        if (metadata.OfType<RequiredUser>().Any())
        {
            yield return StatusCodes.Status401Unauthorized;
            yield return StatusCodes.Status403Forbidden;
            yield return StatusCodes.Status429TooManyRequests;
        }

        yield return StatusCodes.Status503ServiceUnavailable;
    }

    private static OpenApiSchema ObjectOf(string description, params (string Name, JsonSchemaType Type)[] members) => new()
    {
        Type = JsonSchemaType.Object,
        Description = description,
        Properties = members.ToDictionary(member => member.Name, member => (IOpenApiSchema)new OpenApiSchema { Type = member.Type }, StringComparer.Ordinal),
    };
}
