using System.Text.Json.Nodes;
using Actors.Api.Auth;
using Actors.Api.Notifications.Users;
using Microsoft.OpenApi;

namespace Actors.Api.Docs;

/// <summary>The OpenAPI document at /openapi/v1.json and Swagger UI at /docs.</summary>
internal static class ApiDocs
{
    private const string UserScheme = "UserToken";

    public static void AddApiDocs(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Actors",
                Version = "v1",
                Description = "The back end of a public counter: certificates, readers, tallying, printing, meetings, notifications.",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes[TokenAuthenticationHandler.SchemeName] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A token of POST /api/tokens or of the command 'token create'.",
            };
            document.Components.SecuritySchemes[UserScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A token of POST /api/users/{id}/tokens, for one user; or of one of his devices.",
            };
            ErrorAnswers.AddSchemas(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<RequiredScope>().LastOrDefault() is { } required)
            {
                operation.Description = $"{operation.Description}{(operation.Description is { Length: > 0 } ? "\n\n" : "")}Needs a token of scope `{required.Scope}`.";
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(TokenAuthenticationHandler.SchemeName, context.Document)] = [required.Scope] }];
            }

            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<RequiredUser>().Any())
            {
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(UserScheme, context.Document)] = [] }];
            }

            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<WireExample>().LastOrDefault() is { } example)
            {
                Show(example, operation);
            }

            ErrorAnswers.AddTo(operation, context);
            return Task.CompletedTask;
        });
    });

    public static void UseDocsPage(this IApplicationBuilder app) => app.UseSwaggerUI(ui =>
    {
        ui.RoutePrefix = "docs";
        ui.DocumentTitle = "Actors";
        ui.SwaggerEndpoint("/openapi/v1.json", "Actors");
    });

    private static void Show(WireExample example, OpenApiOperation operation)
    {
        if (example.Body is { } body)
        {
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = Json(body) };
        }

        if (example.Answer is { } answer)
        {
            operation.Responses ??= [];
            operation.Responses["200"] = new OpenApiResponse { Description = "OK", Content = Json(answer) };
        }
    }

    private static Dictionary<string, OpenApiMediaType> Json(string example) => new(StringComparer.Ordinal)
    {
        ["application/json"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.Object }, Example = JsonNode.Parse(example) },
    };
}
