
namespace Actors.Api.Printing.Wire;

/// <summary>What is wrong with a body, as print-api's framework tells it: <c>{"detail":[{"loc":[…],"msg":…,"type":…}]}</c> with status 422.</summary>
internal sealed class BodyFaults
{
    private readonly List<(string[] Path, string Message, string Type)> _faults = [];

    public bool Any => _faults.Count > 0;

    public void Add(string[] path, string message, string type = "value_error") => _faults.Add((path, message, type));

    public void Missing(params string[] path) => Add(path, "Field required", "missing");

    public IResult ToResult() => PrintJson.Of(
        json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("detail");
            foreach (var (path, message, type) in _faults)
            {
                json.WriteStartObject();
                json.WriteStartArray("loc");
                foreach (var step in path)
                {
                    if (int.TryParse(step, out var index))
                    {
                        json.WriteNumberValue(index);
                    }
                    else
                    {
                        json.WriteStringValue(step);
                    }
                }

                json.WriteEndArray();
                json.WriteString("msg", message);
                json.WriteString("type", type);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        },
        StatusCodes.Status422UnprocessableEntity);
}
