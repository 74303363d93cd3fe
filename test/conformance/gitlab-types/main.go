// Holds requests and answers of GitLab's API against the types of GitLab's own client.
//
// Reads one exchange a line ({"method","path","said","status","told"}) and prints a line for each that the types do not
// have: an operation, a parameter or a field that is unknown, or a value of another type. Answers may lack fields;
// refusals (300 and above) are not looked at. At the end it prints how many operations it saw, and the names of each.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"reflect"
	"regexp"
	"strings"

	gitlab "gitlab.com/gitlab-org/api/client-go"
)

type exchange struct {
	Method string          `json:"method"`
	Path   string          `json:"path"`
	Said   json.RawMessage `json:"said"`
	Status int             `json:"status"`
	Told   json.RawMessage `json:"told"`
}

// operation has the type of what is sent (as a body or in the query), and of what is answered; nil for nothing.
type operation struct {
	sent, told any
}

// What the client has for each; `*` is an id, or a path with its slashes encoded.
var operations = map[string]operation{
	"GET /user":                               {nil, gitlab.User{}},
	"GET /personal_access_tokens/self":        {nil, gitlab.PersonalAccessToken{}},
	"GET /namespaces/*":                       {nil, gitlab.Namespace{}},
	"GET /groups/*":                           {gitlab.GetGroupOptions{}, gitlab.Group{}},
	"POST /projects":                          {gitlab.CreateProjectOptions{}, gitlab.Project{}},
	"GET /projects/*":                         {gitlab.GetProjectOptions{}, gitlab.Project{}},
	"PUT /projects/*":                         {gitlab.EditProjectOptions{}, gitlab.Project{}},
	"GET /projects/*/deploy_keys":             {gitlab.ListProjectDeployKeysOptions{}, []gitlab.ProjectDeployKey{}},
	"POST /projects/*/deploy_keys":            {gitlab.AddDeployKeyOptions{}, gitlab.ProjectDeployKey{}},
	"DELETE /projects/*/deploy_keys/*":        {nil, nil},
	"POST /projects/*/deploy_tokens":          {gitlab.CreateProjectDeployTokenOptions{}, gitlab.DeployToken{}},
	"GET /projects/*/hooks":                   {gitlab.ListProjectHooksOptions{}, []gitlab.ProjectHook{}},
	"POST /projects/*/hooks":                  {gitlab.AddProjectHookOptions{}, gitlab.ProjectHook{}},
	"DELETE /projects/*/hooks/*":              {nil, nil},
	"GET /projects/*/labels":                  {gitlab.ListLabelsOptions{}, []gitlab.Label{}},
	"POST /projects/*/labels":                 {gitlab.CreateLabelOptions{}, gitlab.Label{}},
	"POST /projects/*/share":                  {gitlab.ShareWithGroupOptions{}, nil},
	"GET /projects/*/protected_branches/*":    {nil, gitlab.ProtectedBranch{}},
	"POST /projects/*/protected_branches":     {gitlab.ProtectRepositoryBranchesOptions{}, gitlab.ProtectedBranch{}},
	"PATCH /projects/*/protected_branches/*":  {gitlab.UpdateProtectedBranchOptions{}, gitlab.ProtectedBranch{}},
	"DELETE /projects/*/protected_branches/*": {nil, nil},
	"GET /projects/*/merge_requests":          {gitlab.ListProjectMergeRequestsOptions{}, []gitlab.BasicMergeRequest{}},
	"POST /projects/*/merge_requests":         {gitlab.CreateMergeRequestOptions{}, gitlab.MergeRequest{}},
	"PUT /projects/*/merge_requests/*":        {gitlab.UpdateMergeRequestOptions{}, gitlab.MergeRequest{}},
}

func main() {
	seen := map[string]bool{}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 10_000_000)
	for lines.Scan() {
		var each exchange
		if err := json.Unmarshal(lines.Bytes(), &each); err != nil {
			fmt.Println("fault", err)
			continue
		}
		name, query := nameOf(each)
		known, ok := operations[name]
		if !ok {
			fmt.Printf("fault %s: the client has no such operation\n", name)
			continue
		}
		seen[name] = true
		for _, fault := range faultsOf(known, each, query) {
			fmt.Printf("fault %s: %s\n", name, fault)
		}
	}
	for name := range operations {
		if !seen[name] {
			fmt.Println("unseen", name)
		}
	}
}

var variable = regexp.MustCompile(`^(projects|namespaces|groups|deploy_keys|hooks|protected_branches|merge_requests)$`)

func nameOf(each exchange) (string, url.Values) {
	path, rest, _ := strings.Cut(each.Path, "?")
	query, _ := url.ParseQuery(rest)
	words := strings.Split(strings.TrimPrefix(path, "/"), "/")
	for i := 1; i < len(words); i++ {
		if variable.MatchString(words[i-1]) {
			words[i] = "*"
		}
	}
	return each.Method + " /" + strings.Join(words, "/"), query
}

func faultsOf(known operation, each exchange, query url.Values) (faults []string) {
	parameters := tagsOf(reflect.TypeOf(known.sent), "url")
	for name := range query {
		if !parameters[name] {
			faults = append(faults, "no parameter "+name)
		}
	}
	if len(each.Said) > 0 {
		faults = append(faults, decoded("body", each.Said, known.sent)...)
	}
	if each.Status < 300 && len(each.Told) > 0 {
		faults = append(faults, decoded("answer", each.Told, known.told)...)
	}
	return faults
}

func decoded(what string, text json.RawMessage, shape any) []string {
	if shape == nil {
		return nil
	}
	into := reflect.New(reflect.TypeOf(shape)).Interface()
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return []string{what + ": " + err.Error()}
	}
	return nil
}

// tagsOf has the names that fields have by a tag, those of embedded structs too.
func tagsOf(shape reflect.Type, tag string) map[string]bool {
	names := map[string]bool{}
	if shape == nil {
		return names
	}
	for _, field := range reflect.VisibleFields(shape) {
		name, _, _ := strings.Cut(field.Tag.Get(tag), ",")
		names[name] = true
	}
	return names
}
