"""What CloudFront does by the template that `larder init --server s3-cloudfront` prints.

The function runs in Chromium, the objects are in moto; between them is what the settings say, as
Amazon documents it. Nothing here was compared with Amazon itself.
"""

import http.client
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

import yaml
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials


class Edge:
    """Answers requests by a template: the function, the object, the error pages, the fields."""

    def __init__(self, template, browser, service, bucket):
        self.resources = yaml.safe_load(template)["Resources"]
        self.function = self.resources["Request"]["Properties"]["FunctionCode"]
        self.settings = self.resources["Distribution"]["Properties"]["DistributionConfig"]
        self.browser, self.service, self.bucket = browser, service, bucket
        self.key = Credentials(service.key["AccessKeyId"], service.key["SecretAccessKey"])

    def ask(self, path, sends=None, method="GET"):
        """Status, fields and content, as from a server."""
        sends = sends or {}
        fields = {name.lower(): {"value": value} for name, value in sends.items()}
        event = {"request": {"method": method, "uri": path, "querystring": {}, "headers": fields}}
        made = self.browser.execute_script(
            f"{self.function}\nreturn handler(arguments[0]);", event
        )
        if "statusCode" in made:
            answer = http.client.HTTPMessage()
            for name, field in made["headers"].items():
                answer[name] = field["value"]
            return self.finished(path, made["statusCode"], answer, b"")
        status, answer, content = self.object(made["uri"], sends, method)
        for error in self.settings["CustomErrorResponses"]:
            if status == error["ErrorCode"]:
                _, answer, content = self.object(error["ResponsePagePath"], {}, method)
                status = error["ResponseCode"]
                break
        return self.finished(path, status, answer, content)

    def object(self, path, sends, method):
        kept = {name: value for name, value in sends.items() if name.startswith(("If-", "Range"))}
        request = AWSRequest(method, f"{self.service.url}/{self.bucket}{path}", headers=kept)
        S3SigV4Auth(self.key, "s3", "us-east-1").add_auth(request)
        connection = http.client.HTTPConnection(urlsplit(request.url).netloc, timeout=10)
        connection.request(method, f"/{self.bucket}{path}", headers=dict(request.headers))
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, answer.headers, content

    def finished(self, path, status, fields, content):
        """Puts in what the policy of the behavior says that is right for the path."""
        behavior = next(
            (found for found in self.settings["CacheBehaviors"]
             if fnmatchcase(path, found["PathPattern"])),
            self.settings["DefaultCacheBehavior"],
        )
        assert behavior["FunctionAssociations"][0]["EventType"] == "viewer-request"
        policy = self.resources[behavior["ResponseHeadersPolicyId"]["Ref"]]["Properties"]
        policy = policy["ResponseHeadersPolicyConfig"]
        for item in policy.get("CustomHeadersConfig", {"Items": []})["Items"]:
            fields[item["Header"]] = item["Value"]
        if "ContentTypeOptions" in policy["SecurityHeadersConfig"]:
            fields["X-Content-Type-Options"] = "nosniff"
        return status, fields, content
